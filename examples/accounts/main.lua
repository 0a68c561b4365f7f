-- Classes are tables of methods, and a metatable leads from an object to its
-- class. Classes and objects are kept under _home together. A class that is
-- there already gets its methods anew in each run, so that objects from
-- earlier runs follow when you change the program.
local function class(name, parent)
  local class = _home[name] or {}
  _home[name] = class
  class.__index = class
  class.__name = name
  return setmetatable(class, { __index = parent })
end

local Account = class("Account")

function Account:new(owner)
  return setmetatable({ owner = owner, balance = 0 }, self)
end

function Account:deposit(amount)
  self.balance = self.balance + amount
end

function Account:withdraw(amount)
  if amount > self:available() then
    error(self.owner .. " cannot withdraw " .. amount, 2)
  end
  self.balance = self.balance - amount
end

function Account:available()
  return self.balance
end

function Account:__tostring()
  return string.format("%s of %s: %d", self.__name, self.owner, self.balance)
end

-- Like Account, but for what it can go below zero.
local CreditAccount = class("CreditAccount", Account)
CreditAccount.__tostring = Account.__tostring

function CreditAccount:new(owner, limit)
  local account = Account.new(self, owner)
  account.limit = limit
  return account
end

function CreditAccount:available()
  return self.balance + self.limit
end

_home.ada = _home.ada or Account:new("Ada")
_home.grace = _home.grace or CreditAccount:new("Grace", 100)

_home.ada:deposit(50)

-- Grace can go down to -100: the second run refuses.
local is_done, message = pcall(_home.grace.withdraw, _home.grace, 60)
if not is_done then
  print(message)
end

print(_home.ada)
print(_home.grace)
